/** A password that is typed: unseen on a terminal, and else a line of stdin. */
import { createInterface } from 'node:readline';
import { ReadStream } from 'node:tty';
import type { V2World } from '../command.ts';

export async function askPassword({ stdin, print }: V2World, prompt: string): Promise<string> {
  print(prompt);
  if (stdin instanceof ReadStream) return typed(stdin, print);
  const lines = createInterface({ input: stdin });
  for await (const line of lines) {
    print('\n');
    return line;
  }
  print('\n');
  return '';
}

function typed(stdin: ReadStream, print: (text: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    let password = '';
    const end = (): void => {
      stdin.setRawMode(false).pause().off('data', take);
      print('\n');
    };
    const take = (chunk: Buffer): void => {
      for (const character of chunk.toString()) {
        if (character === '\r' || character === '\n') {
          end();
          return resolve(password);
        }
        if (character === '\u0003') {
          end();
          return reject(new Error('interrupted'));
        }
        password = character === '\u007f' ? password.slice(0, -1) : password + character;
      }
    };
    stdin.setRawMode(true).resume().on('data', take);
  });
}
