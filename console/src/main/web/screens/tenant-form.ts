import { html, type TemplateResult } from "lit";
import { t } from "../i18n/t";
import { PageElement } from "../kit/element";
import { Query } from "../kit/query";
import { empty, failed, loading } from "../kit/states";
import type { Contracted } from "./tenant";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A form about the tenant that the address names. */
export abstract class TenantForm extends PageElement {
  protected readonly tenantId = new URLSearchParams(location.search).get("tenant") ?? "";
  protected readonly tenant = new Query<Contracted>(this, () => (UUID.test(this.tenantId) ? `/api/platform/tenants/${this.tenantId}` : undefined));

  protected abstract heading(tenant: Contracted | undefined): string;

  protected abstract body(tenant: Contracted): TemplateResult;

  protected override render(): TemplateResult {
    const tenant = this.tenant.data;
    return html`<h1>${this.heading(tenant)}</h1>
      ${!UUID.test(this.tenantId)
        ? html`${empty(t("clawback.nobody"))}<p><a href="/platform/tenants">${t("tenants.title")}</a></p>`
        : tenant
          ? html`<p><a dir="auto" href="/platform/tenants/${tenant.tenant_id}">${tenant.name}</a></p>${this.body(tenant)}`
          : this.tenant.failure
            ? failed(this.tenant.failure, () => void this.tenant.load())
            : loading()}`;
  }

  /** What is to be read first, once it is there. */
  protected async attend(selector: string): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }
}
