import { html, nothing, type TemplateResult } from "lit";
import { points } from "../i18n/format";
import { chooseNumbers, NUMBERS, numbersChosen } from "../i18n/locale";
import { t } from "../i18n/t";
import { define, PageElement } from "./element";
import { lettered, shortcutsOn, switchShortcuts } from "./keys";
import { table } from "./table";

const SAMPLE = 1_234_567;

/** How numbers are written, and which keys there are; language and colours are in the frame. */
class PointsSettings extends PageElement {
  private get dialog(): HTMLDialogElement {
    return this.querySelector("dialog")!;
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override render(): TemplateResult {
    const sample = (format: string) => new Intl.NumberFormat(format).format(SAMPLE);
    return html`<dialog class="card" aria-labelledby="settings-title" @close=${() => this.dispatchEvent(new CustomEvent("points-closed"))}>
      <h2 id="settings-title">${t("settings.title")}</h2>
      <div class="field">
        <label for="numbers">${t("settings.numbers")}</label>
        <select id="numbers" aria-describedby="numbers-hint" @change=${this.write}>
          <option value="auto" ?selected=${!numbersChosen}>${t("settings.numbers.auto")}</option>
          ${NUMBERS.map((format) => html`<option value=${format} ?selected=${format === numbersChosen}>${sample(format)}</option>`)}
        </select>
        <p class="muted" id="numbers-hint">${t("settings.sample", { number: points(SAMPLE) })}</p>
      </div>
      <label class="check"><input type="checkbox" id="shortcuts" .checked=${shortcutsOn()} @change=${this.toggle}> ${t("settings.shortcuts")}</label>
      ${shortcutsOn() ? this.keys() : nothing}
      <p class="muted">${t("settings.jump")}</p>
      <p class="actions"><button type="button" @click=${() => this.dialog.close()}>${t("close")}</button></p>
    </dialog>`;
  }

  private keys(): TemplateResult {
    const key = (...keys: string[]) => html`${keys.map((one, at) => html`${at ? " " : ""}<kbd>${one}</kbd>`)}`;
    return table(
      t("settings.keys"),
      [{ text: t("settings.key") }, { text: t("settings.does") }],
      [
        [key("?"), t("settings.help")],
        [key("/"), t("settings.search")],
        ...lettered().map(({ letter, screen }) => [key("g", letter), t(screen.nav)]),
        [key("Esc"), t("close")],
      ],
    );
  }

  private toggle(event: Event): void {
    switchShortcuts((event.target as HTMLInputElement).checked);
    this.requestUpdate();
  }

  /** Numbers are everywhere: the page is loaded anew, and what is in a form is kept. */
  private write(event: Event): void {
    chooseNumbers((event.target as HTMLSelectElement).value);
    location.reload();
  }
}

define("points-settings", PointsSettings);
