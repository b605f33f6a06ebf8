import { HeedClient } from '../client/heed-client.ts';
import { CommandsView } from './commands-view.ts';
import { byId } from './dom.ts';
import { HouseView } from './house-view.ts';
import { LevelView } from './level-view.ts';
import { NoticeView } from './notice-view.ts';
import { PromptsView } from './prompts-view.ts';
import { bindSpaceBar, TalkControl } from './talk-control.ts';
import { TalkView } from './talk-view.ts';
import { TranscriptView } from './transcript-view.ts';
import { fetchCommands } from './command-list.ts';
import { initialState, reduce, type Action } from './view-state.ts';
import { WhyRequests } from './why-requests.ts';
import { WhyView } from './why-view.ts';
import { promiseWords } from './words.ts';

const token = new URLSearchParams(location.search).get('token') ?? '';
let state = initialState;

const client = new HeedClient({
  token,
  // The policy of this page allows no script but its server's files.
  workletUrl: new URL('./capture-worklet.js', import.meta.url),
  onEvent: (event) => {
    dispatch({ type: 'event', event });
    why.hear(event);
    if (event.type === 'session.started' || event.type === 'commands.changed') refreshCommands();
  },
  onConnection: (connection) => dispatch({ type: 'connection', connection }),
  onMicrophone: (microphone) => {
    dispatch({ type: 'microphone', microphone });
    if (microphone !== 'on') level.clear();
    if (microphone === 'off') talk.released();
  },
  onLevel: (loudness) => level.push(loudness),
  onMicrophoneLost: () => talk.fail('lost'),
  onLost: (loss) => dispatch({ type: 'loss', loss }),
});

const talk = new TalkControl(client, dispatch);
const level = new LevelView();
const why = new WhyView(new WhyRequests(token));
const views = [
  new TalkView(() => talk.toggle()),
  new NoticeView({ retry: () => client.connect(), dismiss: () => dispatch({ type: 'dismiss' }) }),
  new PromptsView(answer),
  new TranscriptView({
    undo: () => say('undo'),
    say,
    why: (utteranceId) => why.show(utteranceId.slice(utteranceId.indexOf('/') + 1)),
  }),
  new HouseView(),
  new CommandsView(say),
];

byId('promise', HTMLElement).textContent = promiseWords(location.hostname);
bindSpaceBar(talk);
bindSayForm();
addEventListener('online', () => client.connect());
client.connect();

function dispatch(action: Action): void {
  state = reduce(state, action);
  for (const view of views) view.update(state);
}

/** Sends a typed phrase; while a question is open, the phrase answers it. */
function say(text: string): void {
  const question = state.prompts.at(-1);
  if (question) answer(question.id, text);
  else if (client.say(text)) dispatch({ type: 'typed', text });
}

function answer(promptId: string, text: string): void {
  if (client.answer(promptId, text)) dispatch({ type: 'answered', promptId });
}

function bindSayForm(): void {
  const input = byId('say-text', HTMLInputElement);
  byId('say', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '' || client.connection.status !== 'open') return;
    input.value = '';
    say(text);
  });
}

function refreshCommands(): void {
  fetchCommands(token).then(
    (commands) => dispatch({ type: 'commands', commands }),
    // The list stays as it was; the next change fetches it again.
    (error: unknown) => console.warn('The list of commands could not be read.', error),
  );
}
