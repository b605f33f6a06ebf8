/** A place after some words of a link. */
interface LinkNode {
  /** The next words, and the nodes they lead to. */
  words: Map<string, number>;
  /** Whether a link ends here. */
  isEnd: boolean;
}

/**
 * The words that join two commands, "and" and "and then", as a tree; node 0 is the place before the first word. Without
 * links there are no nodes.
 */
export class LinkTree {
  readonly nodes: readonly LinkNode[];

  constructor(links: readonly (readonly string[])[]) {
    const nodes: LinkNode[] = links.length > 0 ? [{ words: new Map(), isEnd: false }] : [];
    for (const link of links) {
      let node = nodes[0]!;
      for (const word of link) {
        if (!node.words.has(word)) node.words.set(word, nodes.push({ words: new Map(), isEnd: false }) - 1);
        node = nodes[node.words.get(word)!]!;
      }
      node.isEnd = true;
    }
    this.nodes = nodes;
  }
}
