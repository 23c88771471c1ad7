import { html, nothing, type TemplateResult } from "lit";
import { get } from "../api/call";
import { points } from "../i18n/format";
import { t } from "../i18n/t";
import { define, PageElement } from "../kit/element";
import type { Page } from "../kit/list";
import { save } from "../kit/save";
import { lastSaved, markSaved } from "../kit/saved";
import { failed } from "../kit/states";

interface Tree {
  tenant_id: string;
  tree_size: number;
  note: string;
}

/** As many as a page may have. */
const PAGE = 200;

/** Saves the newest checkpoint of each tenant, and says when this browser has last saved some. */
class PointsCheckpointSet extends PageElement {
  private busy = false;
  private read = 0;
  private failure: unknown;

  protected override render(): TemplateResult {
    return html`<section class="card">
      <p>${t("checkpoints.keep")}</p>
      <p role="status">${this.busy ? t("checkpoints.reading", { n: points(this.read) }) : lastSaved()}</p>
      ${this.failure ? failed(this.failure, () => void this.save()) : nothing}
      <p class="actions"><button type="button" class="primary" ?disabled=${this.busy} @click=${() => void this.save()}>${t("checkpoints.saveAll")}</button></p>
    </section>`;
  }

  private async save(): Promise<void> {
    this.busy = true;
    this.read = 0;
    this.failure = undefined;
    this.requestUpdate();
    try {
      const lines: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Page<Tree> = await get(`/api/audit/trees?limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
        for (const { tenant_id, tree_size, note } of page["items"] as Tree[]) lines.push(`${JSON.stringify({ tenant_id, tree_size, note })}\n`);
        this.read = lines.length;
        this.requestUpdate();
        cursor = page.next_cursor;
      } while (cursor);
      save(`checkpoints-${new Date().toISOString().slice(0, 10)}.jsonl`, lines.join(""), "application/jsonl");
      markSaved();
    } catch (failure) {
      this.failure = failure;
    }
    this.busy = false;
    this.requestUpdate();
  }
}

define("points-checkpoint-set", PointsCheckpointSet);
