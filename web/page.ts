import { HeedClient } from '../client/heed-client.ts';
import { CommandsView } from './commands-view.ts';
import { byId } from './dom.ts';
import { HouseView } from './house-view.ts';
import { LevelView } from './level-view.ts';
import { NoticeView } from './notice-view.ts';
import { PromptsView } from './prompts-view.ts';
import { addressFrom, keepToken, readToken } from './token.ts';
import { bindSpaceBar, TalkControl } from './talk-control.ts';
import { TalkView } from './talk-view.ts';
import { storageOf } from './storage.ts';
import { TopicsView } from './topics-view.ts';
import { TranscriptStore } from './transcript-store.ts';
import { TranscriptTools } from './transcript-tools.ts';
import { TranscriptView } from './transcript-view.ts';
import { fetchCommands } from './command-list.ts';
import { initialState, reduce, type Action } from './view-state.ts';
import { WhyRequests } from './why-requests.ts';
import { WhyView } from './why-view.ts';
import { promiseWords } from './words.ts';

const places = { location, history, localStorage: storageOf('localStorage') };
const token = readToken(places);
const transcriptStore = new TranscriptStore(storageOf('sessionStorage'));
let state = initialState;

const client = new HeedClient({
  token,
  onEvent: (event) => {
    dispatch({ type: 'event', event });
    why.hear(event);
    if (event.type === 'session.started' || event.type === 'commands.changed') refreshCommands();
  },
  onConnection: (connection) => {
    if (connection.status === 'open') keepToken(places, token);
    dispatch({ type: 'connection', connection });
  },
  onMicrophone: (microphone) => {
    dispatch({ type: 'microphone', microphone });
    if (microphone !== 'on') level.clear();
  },
  onLevel: (loudness) => level.push(loudness),
  onMicrophoneLost: () => talk.fail('lost'),
});

const talk = new TalkControl(client, dispatch);
const level = new LevelView();
const why = new WhyView(new WhyRequests(token));
const views = [
  new TalkView(() => talk.toggle()),
  new NoticeView({
    retry: () => client.connect(),
    dismiss: () => dispatch({ type: 'dismiss' }),
    open: (pasted) => {
      const address = addressFrom(places, pasted);
      if (address !== undefined) location.assign(address);
    },
  }),
  new PromptsView(answer),
  new TranscriptView({
    undo: () => say('undo'),
    say,
    why: (utteranceId) => why.show(utteranceId.slice(utteranceId.indexOf('/') + 1)),
  }),
  new TranscriptTools({
    clear: () => {
      dispatch({ type: 'cleared' });
      transcriptStore.save([]);
    },
  }),
  new HouseView(),
  new TopicsView(),
  new CommandsView(say),
];

byId('promise', HTMLElement).textContent = promiseWords(location.hostname);
bindSpaceBar(talk);
bindSayForm();
addEventListener('online', () => client.connect());
client.connect();
installServiceWorker();
dispatch({ type: 'restored', utterances: transcriptStore.load() });
addEventListener('pagehide', () => transcriptStore.save(state.utterances));
addEventListener('visibilitychange', () => transcriptStore.save(state.utterances));

function dispatch(action: Action): void {
  state = reduce(state, action);
  for (const view of views) view.update(state);
}

/** Sends a typed phrase; while a question is open, the phrase answers it. */
function say(text: string): void {
  const question = state.prompts.at(-1);
  if (question) answer(question.id, text);
  else if (client.say(text)) dispatch({ type: 'typed', text, time: new Date().toISOString() });
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

/** Keeps the page's files for when heed is out of reach. Not every browser and address allows that. */
function installServiceWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker
    .register('/service-worker.js')
    .catch((error: unknown) => console.info('The page is not kept for when heed is out of reach.', error));
}

function refreshCommands(): void {
  fetchCommands(token).then(
    (commands) => dispatch({ type: 'commands', commands }),
    // The list stays as it was; the next change fetches it again.
    (error: unknown) => console.warn('The list of commands could not be read.', error),
  );
}
