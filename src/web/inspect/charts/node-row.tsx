import { ChildActors } from './child-actors.tsx';
import { KnowledgeBar } from './knowledge-bar.tsx';
import { type NodeProps, OpenButton, PickButton } from './node-card.tsx';
import { nodeState } from './node-state.ts';

/** A node in a line, where there are many: the words of its states, and what it knows. */
export function NodeRow(props: NodeProps) {
  const { node, recording, position, charts, inAll } = props;
  const { isAlive, words, value, known, children } = nodeState(node, recording, position, charts);
  return (
    <article class={`node line${isAlive ? '' : ' gone'}`} data-node={node.id}>
      <PickButton {...props} />
      <span class="value" title={value}>
        {words}
      </span>
      {known === null ? <span /> : <KnowledgeBar known={known} inAll={inAll} />}
      <ChildActors
        actors={children}
        recording={recording}
        position={position}
        charts={charts}
        maxSingle={1}
      />
      <OpenButton {...props} />
    </article>
  );
}
