import type { KafkaAnomaly } from '../checkers/kafka/anomaly.ts';
import type { KafkaLogResult } from '../checkers/kafka/kafka.ts';
import type { LogEvidence } from '../checkers/kafka/log-evidence.ts';
import type { Picture } from './picture.ts';

/** What each anomaly means for the messages in question. */
const meanings: Record<KafkaAnomaly, string> = {
  G1a: 'A poll returned a message whose send had failed.',
  'G1c-realtime': 'A poll returned a message before it was sent.',
  duplicate: 'One message lies at several offsets.',
  'inconsistent-offsets': 'One offset holds several messages.',
  'int-nonmonotonic-poll':
    'A poll returned the second message after the first, though it lies before it.',
  'int-poll-skip':
    'A poll returned the second message right after the first, though others lie in between.',
  'invented-message': 'A poll returned a message that nobody sent.',
  'lost-write':
    'A send was acknowledged; polls returned what lies behind it, and none returned it.',
  'nonmonotonic-poll':
    'A poll began with the second message, though the poll before it had ended with the first, which does not lie before it.',
  'nonmonotonic-send': 'A process sent the second message after the first, and it lies before it.',
  'poll-skip':
    'A poll began with the second message, though the poll before it had ended with the first, and others lie in between.',
  unseen: 'A send was acknowledged, and no poll returned the message.',
};

/** The parts of the logs in which something is wrong. */
export function logPictures({ log }: { log: KafkaLogResult }): Picture[] {
  return log.evidence.map(toPicture);
}

function toPicture({ type, key, messages, ...rest }: LogEvidence): Picture {
  const named = messages.slice(0, 8).join(', then ');
  return {
    kind: 'log',
    title: `${type}: log ${key}`,
    words: [meanings[type], `In question: ${named}.`],
    ...rest,
  };
}
