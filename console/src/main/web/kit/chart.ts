import { html, nothing, svg, type TemplateResult } from "lit";
import { t } from "../i18n/t";
import { type Header, table } from "./table";

/** One figure of a series. */
export interface Reading {
  /** Under it, and in the table. */
  label: string;
  value: number;
  /** Something that happened then, drawn as a line of its own. */
  mark?: boolean;
}

export interface Chart {
  title: string;
  /** What it shows, for whoever does not see it, and for whoever does not want to find out. */
  sentence: string;
  series: Reading[];
  kind: "line" | "bars";
  /** As a person writes the figures. */
  show: (value: number) => string;
  headers: Header[];
  rows: (TemplateResult | string)[][];
}

const WIDTH = 1000;
const HEIGHT = 200;

/** Heights above the lower edge, for the largest at the top and 0 at the bottom. */
export function heights(values: number[]): number[] {
  const most = Math.max(...values, 1);
  return values.map((value) => (Math.max(value, 0) / most) * HEIGHT);
}

/**
 * A figure with its sentence and its table; a line of one reading says no more than the sentence, and is not drawn. It is stretched to the width of the page, so there is no text in the drawing, and lines keep their
 * width.
 */
export function chart(it: Chart): TemplateResult {
  const { series } = it;
  const first = series[0];
  const last = series[series.length - 1];
  if (!first || !last) return html``;
  return html`<figure class="chart">
    <figcaption><strong>${it.title}</strong><br>${it.sentence}</figcaption>
    ${it.kind === "line" && last === first ? nothing : drawing(it, first, last)}
    <details>
      <summary>${t("chart.table")}</summary>
      ${table(it.title, it.headers, it.rows)}
    </details>
  </figure>`;
}

function drawing({ series, kind, show }: Chart, first: Reading, last: Reading): TemplateResult {
  return html`<p class="axis" aria-hidden="true"><span>${show(Math.max(...series.map((one) => one.value), 0))}</span></p>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">${kind === "line" ? line(series) : bars(series)}</svg>
    <p class="axis" aria-hidden="true"><span>${first.label}</span>${last === first ? nothing : html`<span>${last.label}</span>`}</p>`;
}

function line(series: Reading[]): TemplateResult {
  const up = heights(series.map((one) => one.value));
  const at = (index: number) => (index / (series.length - 1)) * WIDTH;
  const path = up.map((height, index) => `${at(index).toFixed(1)},${(HEIGHT - height).toFixed(1)}`).join(" ");
  return svg`<g>
    ${series.map((one, index) => (one.mark ? svg`<line class="mark" x1=${at(index)} x2=${at(index)} y1="0" y2=${HEIGHT}></line>` : nothing))}
    <polygon class="area" points="${at(0)},${HEIGHT} ${path} ${at(series.length - 1)},${HEIGHT}"></polygon>
    <polyline class="line" points=${path}></polyline>
  </g>` as TemplateResult;
}

function bars(series: Reading[]): TemplateResult {
  const up = heights(series.map((one) => one.value));
  const step = WIDTH / series.length;
  return svg`<g>
    ${up.map((height, index) => svg`<rect class="area column" x=${index * step + step * 0.15} y=${HEIGHT - height} width=${step * 0.7} height=${height}></rect>`)}
  </g>` as TemplateResult;
}
