import { Agent, agentService, On, type Story } from '@troupe/agent-kit';
import { ChargeRefunded, moneyText, type EventOf } from '@troupe/contracts';

@Agent({ name: 'refund-watch', version: '1.0.0', purpose: 'Asks about refunds.', emits: [], mayPropose: ['owner.ask'] })
export class RefundWatch {
  @On(ChargeRefunded)
  async look(event: EventOf<typeof ChargeRefunded>, story: Story): Promise<void> {
    story.askOwner(`Why was ${moneyText(event.data.amountRefunded)} refunded?`);
  }
}
export const refundWatch = agentService(RefundWatch);
