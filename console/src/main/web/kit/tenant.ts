import { html, type TemplateResult } from "lit";
import { tenantNames } from "../api/tenants";
import { define, PageElement } from "./element";

/** A tenant by its name, and by its id as long as the name is not known. */
class PointsTenant extends PageElement {
  static override properties = { tenant: {} };
  declare tenant: string;
  private name: string | undefined;

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has("tenant")) void this.find(this.tenant);
  }

  private async find(tenant: string): Promise<void> {
    // If names cannot be read, the id says it too.
    const names = await tenantNames().catch(() => new Map<string, string>());
    if (tenant !== this.tenant) return;
    this.name = names.get(tenant);
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return this.name ? html`<span dir="auto" title=${this.tenant}>${this.name}</span>` : html`<code>${this.tenant}</code>`;
  }
}

define("points-tenant", PointsTenant);

/** The name of a tenant, in a cell or a sentence. */
export function tenantName(id: string): TemplateResult {
  return html`<points-tenant .tenant=${id}></points-tenant>`;
}
