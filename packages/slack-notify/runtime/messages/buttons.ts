import type { ActionsBlock } from '@slack/types';
import type { APPROVAL_ACTIONS, ApprovalValue } from '../../src/approval-contract';

type ActionId = keyof typeof APPROVAL_ACTIONS;

/** Two buttons for a deployment that waits. Going back is asked about once more. */
export function buttonsBlock(value: ApprovalValue): ActionsBlock {
  const button = (id: ActionId, text: string) => ({
    type: 'button' as const,
    action_id: id,
    text: { type: 'plain_text' as const, text },
    value: JSON.stringify(value),
  });
  return {
    type: 'actions',
    elements: [
      { ...button('continue_deployment', 'Continue'), style: 'primary' },
      {
        ...button('stop_deployment', 'Stop and roll back'),
        style: 'danger',
        confirm: {
          title: { type: 'plain_text', text: 'Stop this deployment?' },
          text: { type: 'plain_text', text: 'The service goes back to what ran before.' },
          confirm: { type: 'plain_text', text: 'Stop and roll back' },
          deny: { type: 'plain_text', text: 'Leave it' },
        },
      },
    ],
  };
}
