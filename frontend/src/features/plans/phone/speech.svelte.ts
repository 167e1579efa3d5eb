/**
 * The phone reads aloud. Only voices that live on the phone: others send the words to a company's
 * computers, and these are words about somebody's life.
 */
import type { Language } from '../../../lib/i18n.svelte';

export class Speech {
  speaking = $state(false);
  /** Null while the phone is still looking for its voices. */
  voices: readonly SpeechSynthesisVoice[] | null = $state.raw(null);
  readonly #synthesis: SpeechSynthesis | undefined;
  readonly #find = (): void => {
    this.voices = this.#synthesis?.getVoices().filter((voice) => voice.localService) ?? [];
  };

  constructor(synthesis: SpeechSynthesis | undefined = globalThis.speechSynthesis) {
    this.#synthesis = synthesis;
    this.#find();
    synthesis?.addEventListener('voiceschanged', this.#find);
  }

  voiceFor(language: Language): SpeechSynthesisVoice | undefined {
    return this.voices?.find(({ lang }) => lang.toLowerCase().startsWith(language));
  }

  /** One utterance a line: long ones are cut off by some phones. */
  speak(lines: readonly string[], language: Language): void {
    const voice = this.voiceFor(language);
    if (this.#synthesis === undefined || voice === undefined) return;
    this.stop();
    const said = lines.map((line) => {
      const utterance = new SpeechSynthesisUtterance(line);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = 0.9;
      return utterance;
    });
    const done = (): void => {
      this.speaking = false;
    };
    said.at(-1)?.addEventListener('end', done);
    for (const utterance of said) {
      utterance.addEventListener('error', done);
      this.#synthesis.speak(utterance);
    }
    this.speaking = said.length > 0;
  }

  stop(): void {
    this.#synthesis?.cancel();
    this.speaking = false;
  }

  /** On leaving the screen. */
  end(): void {
    this.stop();
    this.#synthesis?.removeEventListener('voiceschanged', this.#find);
  }
}
