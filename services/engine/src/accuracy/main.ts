import { CATEGORIES, URGENCIES } from '../offline/triage/triage-contract.ts';
import { judgeHeldOut } from './held-out.ts';
import { accuracyOf, percent, renderConfusion, renderFigures } from './report.ts';

// The weights that ship are trained on both halves. The figures here come from weights trained on the tune half alone.
const { trainedOn, category, urgency } = judgeHeldOut();

const report = [
  `Trained on ${trainedOn} mails, judged ${category.length} others.`,
  `Category accuracy: ${percent(accuracyOf(category))}\nUrgency accuracy:  ${percent(accuracyOf(urgency))}`,
  renderFigures(CATEGORIES, category),
  renderConfusion(CATEGORIES, category),
  renderConfusion(URGENCIES, urgency),
];
process.stdout.write(`${report.join('\n\n')}\n`);
