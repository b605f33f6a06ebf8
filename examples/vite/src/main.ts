import { HeedClient, MicrophoneError } from 'heed/client';

// The address that `heed dev` prints, token included: VITE_HEED_URL in .env.local, or ?heed= in this page's address.
const url = new URLSearchParams(location.search).get('heed') ?? import.meta.env.VITE_HEED_URL;
const client = new HeedClient(url === undefined ? {} : { url });

client.on('connection', (connection) => {
  const reason = 'message' in connection ? ` (${connection.message || connection.code})` : '';
  byId('connection').textContent = `${connection.status}${reason}`;
});
client.on('level', (level) => {
  byId<HTMLMeterElement>('level').value = level;
});
client.on('segment.final', ({ text }) => log(`heard: ${text}`));
client.on('command.completed', ({ command, say }) => log(say ?? `done: ${command}`));
client.on('command.refused', ({ reason }) => log(`not done: ${reason}`));
client.on('command.failed', ({ message }) => log(`failed: ${message}`));
client.on('command.unmatched', ({ reason }) => log(`not understood: ${reason}`));
client.on('prompt', ({ kind, prompt_id, text }) => {
  if (kind === 'say') return log(text);
  const answer = window.prompt(text);
  if (answer) client.answer(prompt_id, answer);
});

const talk = byId('talk');
talk.addEventListener('pointerdown', (event) => {
  talk.setPointerCapture(event.pointerId);
  client.hold().catch((error: unknown) => log(error instanceof MicrophoneError ? error.message : String(error)));
});
for (const end of ['pointerup', 'pointercancel']) talk.addEventListener(end, () => client.release());

byId('say').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = byId<HTMLInputElement>('text');
  if (client.say(input.value)) input.value = '';
});

client.connect();

function log(text: string): void {
  const line = document.createElement('li');
  line.textContent = text;
  byId('log').prepend(line);
}

function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}
