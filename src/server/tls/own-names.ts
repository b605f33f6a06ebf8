import { hostname, networkInterfaces } from 'node:os';
import { isIP } from 'node:net';

/** The network interfaces of a machine, as `os.networkInterfaces` lists them. */
export type Interfaces = ReturnType<typeof networkInterfaces>;

/** Interfaces of containers and virtual machines, through which no other device comes. */
const isVirtual = (name: string): boolean => /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|lxc|lxd)/.test(name);

/**
 * Returns the addresses at which other devices may reach this machine: IPv4 first, since people have to read them, and
 * no link-local ones, which need a scope that browsers do not take.
 */
export function networkAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  const found = Object.entries(interfaces)
    .filter(([name]) => !isVirtual(name))
    .flatMap(([, addresses = []]) => addresses)
    .filter(({ internal, address }) => !internal && !/^(169\.254\.|fe80:)/i.test(address))
    .map(({ address }) => address);
  return [...found.filter((address) => isIP(address) === 4), ...found.filter((address) => isIP(address) === 6)];
}

/** Returns the names by which other devices may call this machine: its host name, and that in multicast DNS. */
export function machineNames(name: string = hostname()): string[] {
  const full = name.toLowerCase().replace(/\.$/, '');
  const [first = ''] = full.split('.');
  return [...new Set([full, first, `${first}.local`])].filter((each) => /^[a-z0-9][a-z0-9.-]*$/.test(each));
}

/** Whether a host, as a request writes it, is an address or name of this machine. */
export function isOwnHost(host: string, interfaces: Interfaces = networkInterfaces()): boolean {
  const name = host.replace(/^\[|\]$/g, '');
  const addresses = Object.values(interfaces).flatMap((all = []) => all.map(({ address }) => address.toLowerCase()));
  return addresses.includes(name) || machineNames().includes(name);
}
