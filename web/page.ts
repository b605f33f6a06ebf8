import { HeedClient } from '../client/heed-client.ts';
import { CommandsView } from './commands-view.ts';
import { byId } from './dom.ts';
import { HouseView } from './house-view.ts';
import { LevelView } from './level-view.ts';
import { NoticeView } from './notice-view.ts';
import { PromptsView } from './prompts-view.ts';
import { addressFrom, forgetGiven, keepToken, takeToken } from './token.ts';
import { storageOf } from './storage.ts';
import { TopicsView } from './topics-view.ts';
import { TranscriptStore } from './transcript-store.ts';
import { TranscriptTools } from './transcript-tools.ts';
import { OwnSound } from './own-sound.ts';
import { Reopening } from './reopening.ts';
import { sessionChoices } from './settings.ts';
import { SettingsStore } from './settings-store.ts';
import { SettingsView } from './settings-view.ts';
import { bindSpaceBar } from './space-bar.ts';
import { bindTalkButton } from './talk-button.ts';
import { TalkControl } from './talk-control.ts';
import { TalkView } from './talk-view.ts';
import { applyTheme } from './theme.ts';
import { TranscriptView } from './transcript-view.ts';
import { fetchCommands } from './command-list.ts';
import { initialState, reduce, type Action } from './view-state.ts';
import { VoiceDialog } from './voice-dialog.ts';
import { VoiceRequests } from './voice-requests.ts';
import { VoicesList } from './voices-list.ts';
import { PlannedView } from './planned-view.ts';
import { Requests } from './requests.ts';
import { WhyRequests } from './why-requests.ts';
import { WhyView } from './why-view.ts';
import { promiseWords } from './words.ts';

// An installed page starts without an address that has the token, and its storage is nobody else's.
const isInstalled = matchMedia('(display-mode: standalone)').matches;
const places = { location, history, storage: storageOf(isInstalled ? 'localStorage' : 'sessionStorage') };
const token = takeToken(places);
const transcriptStore = new TranscriptStore(storageOf('sessionStorage'));
const store = new SettingsStore({ storage: storageOf('localStorage'), events: window });
applyTheme(store.settings.theme);
let state = initialState;

const client = new HeedClient({
  token,
  ...sessionChoices(store.settings),
  // The policy of this page allows no script but its server's files.
  workletUrl: new URL('./capture-worklet.js', import.meta.url),
  onEvent: (event) => {
    dispatch({ type: 'event', event });
    why.hear(event);
    planned.hear(event);
    own.hear(event);
    if (event.type === 'session.started' || event.type === 'commands.changed') refreshCommands();
  },
  onConnection: (connection) => {
    if (connection.status === 'open') keepToken(places, token);
    else if (connection.status === 'refused') forgetGiven(places);
    dispatch({ type: 'connection', connection });
  },
  onMicrophone: (microphone) => {
    dispatch({ type: 'microphone', microphone });
    if (microphone !== 'on') level.clear();
    own.microphoneChanged(microphone);
    if (microphone === 'off') talk.released();
  },
  onLevel: (loudness) => level.push(loudness),
  onMicrophoneFallback: () => talk.fail('fallback'),
  onMicrophoneLost: () => talk.fail('lost'),
  onLost: (loss) => dispatch({ type: 'loss', loss }),
});

const own = new OwnSound(client, store, (isOn) => dispatch({ type: 'voice', isOn }));
const talk = new TalkControl({
  client,
  dispatch,
  settings: () => store.settings,
  needsWake: () => state.wake.length > 0,
  take: (onTaken) => own.takeMicrophone(onTaken),
  onPress: (isHeld) => own.interrupt(isHeld),
});
const requests = new Requests(token);
const voiceRequests = new VoiceRequests(requests);
const voiceDialog = new VoiceDialog({
  requests: voiceRequests,
  microphone: () => {
    // What is read aloud is for nobody to obey.
    if (state.mode !== 'off') talk.toggle();
    const { microphone } = store.settings;
    return navigator.mediaDevices.getUserMedia({ audio: microphone === '' ? true : { deviceId: microphone } });
  },
  rename: (speaker, name) => dispatch({ type: 'voice-named', speaker, name }),
  onChanged: () => void voicesList.refresh(),
});
const voicesList = new VoicesList(voiceRequests, {
  add: () => voiceDialog.open(),
  rename: (name) => voiceDialog.open({ name }),
});
const sheet = new SettingsView(store, { onClose: () => reopening.update(state), voices: voicesList });
const reopening = new Reopening(store, {
  isOpen: () => sheet.isOpen,
  reopen: (choices) => {
    dispatch({ type: 'reopened' });
    client.reopen(choices);
  },
});
const level = new LevelView();
const why = new WhyView(new WhyRequests(requests));
const planned = new PlannedView(requests);
const views = [
  new NoticeView({
    retry: () => client.connect(),
    dismiss: () => dispatch({ type: 'dismiss' }),
    open: (pasted) => {
      const address = addressFrom(places, pasted);
      if (address !== undefined) location.assign(address);
    },
  }),
  own,
  reopening,
  new TalkView(),
  new PromptsView(answer),
  new TranscriptView({
    undo: () => say('undo'),
    say,
    why: (utteranceId) => why.show(utteranceId.slice(utteranceId.indexOf('/') + 1)),
    nameVoice: (speaker, name) => voiceDialog.open({ speaker, name }),
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
bindTalkButton(byId('talk', HTMLButtonElement), talk);
bindSayForm();
addEventListener('online', () => client.connect());
dispatch({ type: 'settings', settings: store.settings });
store.subscribe((settings, before) => {
  applyTheme(settings.theme);
  dispatch({ type: 'settings', settings });
  if (settings.microphone !== before.microphone) talk.reopen();
});
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
  own.interrupt(false);
  const question = state.prompts.at(-1);
  if (question) answer(question.id, text);
  else if (client.say(text)) dispatch({ type: 'typed', text, time: new Date().toISOString() });
}

function answer(promptId: string, text: string): void {
  own.interrupt(false);
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
    .register('service-worker.js')
    .catch((error: unknown) => console.info('The page is not kept for when heed is out of reach.', error));
}

function refreshCommands(): void {
  fetchCommands(token, store.settings.language).then(
    ({ commands, problems, advice, server }) => {
      dispatch({ type: 'commands', commands, problems, advice });
      sheet.tellServer(server);
      own.tellLanguage(server.language);
    },
    // The list stays as it was; the next change fetches it again.
    (error: unknown) => console.warn('The list of commands could not be read.', error),
  );
}
