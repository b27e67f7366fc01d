/** Asks for a password, which is not shown while it is typed. From a pipe one line is read, as etcdctl reads it. */
import { Buffer } from 'node:buffer';
import type { ReadStream } from 'node:tty';

const ENTER = [0x0a, 0x0d];
const CTRL_C = 0x03;
const CTRL_D = 0x04;
const BACKSPACE = [0x08, 0x7f];

/** What was read behind an answer, for the next question. */
const lefts = new WeakMap<NodeJS.ReadableStream, Buffer>();

export async function askPassword(
  prompt: string,
  input: ReadStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  output.write(prompt);
  try {
    return input.isTTY ? await typed(input) : await line(input);
  } finally {
    output.write('\n');
  }
}

function typed(input: ReadStream): Promise<string> {
  return new Promise((resolve) => {
    const characters: number[] = [];
    const onData = (chunk: Buffer): void => {
      for (const [i, byte] of chunk.entries()) {
        if (byte === CTRL_C) {
          end();
          process.kill(process.pid, 'SIGINT');
          return;
        }
        if (ENTER.includes(byte) || byte === CTRL_D) {
          end();
          // What was pasted behind it is the answer to the next question.
          lefts.set(input, chunk.subarray(i + 1));
          resolve(Buffer.from(characters).toString());
          return;
        }
        if (BACKSPACE.includes(byte)) characters.pop();
        else characters.push(byte);
      }
    };
    const end = (): void => {
      input.off('data', onData);
      input.setRawMode(false);
      input.pause();
    };
    input.setRawMode(true);
    input.on('data', onData);
    const left = lefts.get(input);
    lefts.delete(input);
    if (left !== undefined) onData(left);
    if (input.listenerCount('data') > 0) input.resume();
  });
}

async function line(input: NodeJS.ReadStream): Promise<string> {
  let left = lefts.get(input) ?? Buffer.alloc(0);
  let end = left.indexOf('\n');
  if (end < 0) {
    for await (const chunk of input.iterator({ destroyOnReturn: false })) {
      left = Buffer.concat([left, chunk as Buffer]);
      end = left.indexOf('\n');
      if (end >= 0) break;
    }
  }
  const text = left.subarray(0, end < 0 ? left.length : end).toString();
  lefts.set(input, left.subarray(end < 0 ? left.length : end + 1));
  return text.replace(/\r$/, '');
}
