import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A PIN: four to twelve digits. */
export const pinPattern = /^\d{4,12}$/;
/** The form of a hash: its salt and its key, in hexadecimal. */
export const pinHashPattern = /^scrypt:([0-9a-f]{32}):([0-9a-f]{64})$/;

const [saltBytes, keyBytes] = [16, 32];
/** About 32 MiB and a twentieth of a second for each try. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** Returns a hash of a PIN for the option `dispatch.pin`. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  return `scrypt:${salt.toString('hex')}:${(await keyOf(pin, salt)).toString('hex')}`;
}

/** Whether this is the PIN of the hash. Takes the same time whatever the PIN is. */
export async function isPin(pin: string, hash: string): Promise<boolean> {
  const parts = pinHashPattern.exec(hash);
  if (!parts) return false;
  return timingSafeEqual(await keyOf(pin, Buffer.from(parts[1]!, 'hex')), Buffer.from(parts[2]!, 'hex'));
}

function keyOf(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
