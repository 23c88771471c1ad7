import { html, nothing, type TemplateResult } from "lit";
import { PointsEmbed } from "./base";

interface Wallet {
  budget: { balance: number; entry_number: number };
  earned: { balance: number; entry_number: number };
  earned_this_month: number;
  entries: { wallet: string; entry_number: number; amount: number; occurred_at: string }[];
}

const LATEST = 5;

/** What somebody has earned, what they have to give, and what came lately: `<points-wallet api="…">`. */
export class PointsWallet extends PointsEmbed<Wallet> {
  protected name(): string {
    return this.text("wallet");
  }

  protected versionOf({ budget, earned }: Wallet): string {
    return `${budget.entry_number}.${earned.entry_number}`;
  }

  protected read(get: <A>(path: string) => Promise<A>): Promise<Wallet> {
    return get<Wallet>(`/api/wallets/me?limit=${LATEST}`);
  }

  protected body({ budget, earned, earned_this_month, entries }: Wallet): TemplateResult {
    return html`<dl>
        <div>
          <dt>${this.text("earned")}</dt>
          <dd part="balance"><output class="balance">${this.number(earned.balance)} <small>${this.text("points")}</small></output></dd>
          ${earned_this_month > 0 ? html`<dd class="muted">+${this.number(earned_this_month)} ${this.text("thisMonth")}</dd>` : nothing}
        </div>
        ${budget.entry_number > 0
          ? html`<div>
              <dt>${this.text("toGive")}</dt>
              <dd part="balance"><output class="balance">${this.number(budget.balance)} <small>${this.text("points")}</small></output></dd>
            </div>`
          : nothing}
      </dl>
      ${this.compact
        ? nothing
        : entries.length
          ? html`<ul part="list">
              ${entries.slice(0, LATEST).map(
                (entry) => html`<li>
                  <time datetime=${entry.occurred_at}>${this.time(entry.occurred_at, "medium")}</time>
                  <span>${entry.amount < 0 ? "−" : "+"}${this.number(Math.abs(entry.amount))}</span>
                </li>`,
              )}
            </ul>`
          : html`<p class="muted">${this.text("nothing")}</p>`}`;
  }
}

if (!customElements.get("points-wallet")) customElements.define("points-wallet", PointsWallet);
