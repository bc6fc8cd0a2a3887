export { defineNode, type NodeDefinition } from './kit/define-node.ts';
