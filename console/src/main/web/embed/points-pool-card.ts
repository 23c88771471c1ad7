import { html, nothing, type TemplateResult } from "lit";
import { PointsEmbed } from "./base";

interface Standing {
  pool: { balance: number; version: number; as_of: string | null };
  giving: { level: "good" | "low" | "nearly_empty" | "none" };
}

/** What the tenant's pool holds, for its managers: `<points-pool-card api="…">`. */
export class PointsPoolCard extends PointsEmbed<Standing> {
  protected name(): string {
    return this.text("pool");
  }

  protected versionOf({ pool, giving }: Standing): string {
    return `${pool.version}.${giving.level}`;
  }

  protected async read(get: <A>(path: string) => Promise<A>): Promise<Standing> {
    const [pool, giving] = [await get<Standing["pool"]>("/api/allocations/pool"), await get<Standing["giving"]>("/api/allocations/giving")];
    return { pool, giving };
  }

  protected body({ pool, giving }: Standing): TemplateResult {
    return html`<p part="balance"><output class="balance">${this.number(pool.balance)} <small>${this.text("points")}</small></output></p>
      <p part="meter" class=${giving.level === "good" ? "" : "warning"}>${this.text(giving.level)}</p>
      ${pool.as_of && !this.compact ? html`<p class="muted">${this.text("asOf")} ${this.time(pool.as_of, "short")}</p>` : nothing}`;
  }
}

if (!customElements.get("points-pool-card")) customElements.define("points-pool-card", PointsPoolCard);
