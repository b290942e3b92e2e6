// What the score uses of abcjs; the package's own types stay in node_modules.
export type Note = { cmd: string, pitch: number, volume: number, start: number, duration: number, startChar: number };
export type Element = { startChar?: number, endChar?: number, abselem?: { elemset?: SVGElement[] } };
export type Tune = {
  lines: { staff?: { voices: Element[][] }[] }[],
  setUpAudio: (options: { chordsOff?: boolean }) => { tracks: Note[][] },
  getBpm: () => number,
  getBeatLength: () => number,
};
declare const abcjs: {
  renderAbc: (box: HTMLElement, abc: string, options: object) => Tune[],
  parseOnly: (abc: string) => Tune[],
  synth: { getMidiFile: (abc: string, options: { midiOutputType: "binary" }) => Uint8Array<ArrayBuffer>[] },
};
export default abcjs;
