import { LitElement, html } from "lit";
class Console extends LitElement { createRenderRoot() { return this; } render() { return html`<h1>Points</h1>`; } }
customElements.define("points-console", Console);
