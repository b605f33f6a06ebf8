// Stands in for the process of the sentence model: speaks its protocol, and does what the name of the "model" says.
let path = '';
const tell = (message) => process.send(message);
process.on('message', (message) => {
  if (message.type === 'load') {
    ({ path } = message);
    if (path === 'dies-loading') process.exit(3);
    else if (path === 'is-damaged') tell({ type: 'failed', message: 'no GGUF' });
    else tell({ type: 'ready' });
  } else if (path === 'dies-working') {
    process.stderr.write('ggml: out of luck\n', () => process.exit(7));
  } else if (path === 'fails') tell({ type: 'failed', job: message.job, message: 'too long' });
  else if (path === 'babbles') tell({ type: 'done', job: message.job, vectors: ['no vector'] });
  else
    tell({
      type: 'done',
      job: message.job,
      vectors: message.sentences.map((sentence) => Float32Array.of(sentence.length, 0)),
    });
});
process.once('disconnect', () => process.exit(0));
