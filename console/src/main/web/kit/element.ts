import { LitElement } from "lit";

/** An element of the console's own pages: in the light DOM, so that labels, print and the one stylesheet reach across. */
export class PageElement extends LitElement {
  protected override createRenderRoot() {
    return this;
  }
}

/** Defines an element once. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
