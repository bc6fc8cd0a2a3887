import type { LogPicture, LogRow } from '../../../lab/anomalies/picture.ts';

const outcomes = { ok: '', fail: ', refused', info: ', never acknowledged' };

/** A part of a log: who sent each message, and which polls returned or skipped it. */
export function LogTable({ picture: { rows, polls } }: { picture: LogPicture }) {
  return (
    <div class="log" tabIndex={0} role="group" aria-label="The log, offset by offset">
      <table>
        <thead>
          <tr>
            <th>offset</th>
            <th>message</th>
            <th>sent</th>
            <th>polls that returned it</th>
            {polls.map(({ process, event }) => (
              <th key={event}>
                poll of process {process}, event {event}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.offset} ${row.message}`} class={row.isWrong ? 'wrong' : ''}>
              <td>{row.offset ?? 'none seen'}</td>
              <td>{row.message}</td>
              <td>{describeSend(row)}</td>
              <td>{row.polled === 0 ? 'none' : row.polled}</td>
              {polls.map(({ event }, poll) => (
                <Place key={event} rows={rows} row={row} poll={poll} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function describeSend({ sent }: LogRow): string {
  if (!sent) return 'by nobody';
  return `by process ${sent.process}, event ${sent.event}${outcomes[sent.outcome]}`;
}

/** At which place a poll returned a message; or that it did not, between others that it returned. */
function Place({ rows, row, poll }: { rows: readonly LogRow[]; row: LogRow; poll: number }) {
  const place = row.places[poll] ?? null;
  if (place !== null) return <td class="returned">{place}.</td>;
  const returned = rows.filter(({ places }) => (places[poll] ?? null) !== null);
  const at = rows.indexOf(row);
  const isBetween = returned.some((one) => rows.indexOf(one) < at);
  return isBetween && returned.some((one) => rows.indexOf(one) > at) ? (
    <td class="skipped">skipped</td>
  ) : (
    <td>·</td>
  );
}
