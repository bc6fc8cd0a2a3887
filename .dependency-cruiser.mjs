/** The house, from the roof down: each floor knows the ones below it, and nothing of those above. */
const floors = [
  '^src/(bin/|testing\\.ts$|workload\\.ts$)',
  '^src/lab/commands/',
  '^src/lab/(?!commands/|time-and-chance/)', // the lab's rooms
  '^src/lab/time-and-chance/',
  '^src/build/',
  '^src/runtime/',
  '^src/store/',
  '^src/inspect/',
  '^src/diagram/',
  '^src/fast/',
  '^src/kit/',
  '^src/wire/',
];

/** Folders of `machines/` that are no nodes, but what nodes share. */
const shared = '(counters|gossip|raft|values)';

/** What pages are sent, as its sender describes it, and what can be done with it anywhere. */
const sentToPages =
  '^src/(web|wire|inspect|diagram)/|^src/lab/(report/report-data|inspect/view-message|anomalies/picture)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...floors.slice(1).map((floor, at) => ({
      name: 'no-arrow-up',
      severity: 'error',
      from: { path: floor },
      to: { path: floors.slice(0, at + 1) },
    })),
    {
      name: 'kit-is-what-authors-import',
      comment: 'src/index.ts is the door of the kit: it shows nothing of what runs nodes',
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(kit|wire)/' },
    },
    {
      name: 'machines-know-the-kit',
      comment: 'what a node needs and cannot import from maelstate is a hole in the kit',
      severity: 'error',
      from: { path: '^machines/' },
      to: { path: '^(src|test)/', pathNot: '^src/index\\.ts$' },
    },
    {
      name: 'machines-know-what-is-shared',
      comment: 'deleting the folder of a node leaves all others as they are',
      severity: 'error',
      from: { path: '^machines/([^/]+)/' },
      to: { path: '^machines/', pathNot: `^machines/($1|${shared})/` },
    },
    {
      name: 'pages-know-what-they-are-sent',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^(src|machines)/', pathNot: sentToPages },
    },
    {
      name: 'no-page-in-the-house',
      comment: 'pages are built, and handed out as files',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/web/' },
      to: { path: '^src/web/' },
    },
    {
      name: 'the-house-knows-no-nodes',
      comment: 'the lab is told which node to test',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(machines|test)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true, // an import of types is an arrow, too
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] },
  },
};
