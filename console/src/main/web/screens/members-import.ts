import { html, type TemplateResult } from "lit";
import { points } from "../i18n/format";
import { t } from "../i18n/t";
import { define } from "../kit/element";
import { review } from "../kit/fields";
import { ImportPage } from "../kit/import-page";

interface Result {
  members: number;
  enrolled: number;
  changed: number;
  unchanged: number;
}

const HEADER = "user_id,role,active,display_name,email";

/** Many members from a file: the service says first how many are new and how many change. */
class PointsMembersImport extends ImportPage<Result> {
  constructor() {
    super({
      draft: "members-import",
      path: "/api/members/batch/csv",
      title: t("import.title"),
      hint: t("import.hint", { header: HEADER }),
      header: HEADER,
      columns: [["user_id", "id"], ["role"], ["active"], ["display_name", "name"], ["email", "e-mail", "e-mail address"]],
      needed: 2,
      words: [1, 2],
      about: (cells) => cells[3] || cells[0]!,
    });
  }

  protected override confirm(it: Result, phase: string): TemplateResult {
    return review({
      facts: [
        [t("import.new"), points(it.enrolled)],
        [t("import.changed"), points(it.changed)],
        [t("import.unchanged"), points(it.unchanged)],
      ],
      notes: [t("import.all"), t("import.leads")],
      phase,
      send: t("import.send", { n: points(it.members) }),
      onBack: () => this.back(),
      onSend: () => void this.send(),
    });
  }

  protected override done(it: Result): TemplateResult {
    return html`<p class="notice positive" role="status" tabindex="-1" id="done">${t("import.done", { enrolled: points(it.enrolled), changed: points(it.changed), unchanged: points(it.unchanged) })}</p>
      <p class="actions"><a class="button primary" href="/team/members">${t("members.title")}</a></p>`;
  }
}

define("points-members-import", PointsMembersImport);
