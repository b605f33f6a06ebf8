import { parsers } from 'prettier/plugins/yaml';

/** A node of the syntax tree that Prettier's YAML parser makes. */
interface Node {
  type: string;
  value?: string;
  children?: (Node | null)[];
}

/** Returns the value of a YAML document with mappings, sequences and scalars; throws where it is no YAML. */
export function parseYaml(text: string): unknown {
  const root = (parsers.yaml.parse as (text: string, options: object) => Node)(text, {});
  return valueOf(child(child(child(root, 'document'), 'documentBody')));
}

function valueOf(node: Node | undefined): unknown {
  if (!node) return null;
  switch (node.type) {
    case 'mapping':
      return Object.fromEntries(
        nodes(node).map((item) => {
          const [key, value] = nodes(item);
          return [String(valueOf(child(key!))), valueOf(value && child(value))];
        }),
      );
    case 'sequence':
      return nodes(node).map((item) => valueOf(child(item)));
    case 'quoteSingle':
    case 'quoteDouble':
      return node.value;
    case 'plain':
      return scalarOf(node.value!);
    default:
      throw new Error(`This reader of YAML does not know ${node.type}.`);
  }
}

/** A plain scalar, by YAML's core schema. */
function scalarOf(text: string): unknown {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^(null|~)$/i.test(text)) return null;
  return /^[-+]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function nodes({ children = [] }: Node): Node[] {
  return children.filter((one) => one !== null);
}

function child(node: Node, type?: string): Node {
  return nodes(node).find((one) => type === undefined || one.type === type)!;
}
