export { OpenAiEndpoint, openAiTasks } from './endpoint.ts';
