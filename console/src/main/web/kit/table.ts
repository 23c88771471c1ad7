import { html, type TemplateResult } from "lit";

export interface Header {
  text: string;
  number?: boolean;
}

/** A table that is there as a whole, scrolled by itself where it is wider than the window. */
export function table(label: string, headers: Header[], rows: (TemplateResult | string)[][]): TemplateResult {
  const name = (at: number) => (headers[at]?.number ? "number" : "");
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${label}>
    <table>
      <thead>
        <tr>${headers.map((header, at) => html`<th scope="col" class=${name(at)}>${header.text}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map((row) => html`<tr>${row.map((cell, at) => html`<td class=${name(at)}>${cell}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}
