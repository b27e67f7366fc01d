/**
 * The etcd API version that a backend says it implements: 3.4.23 for Debian's etcd, 3.6.x for Concord.
 * What etcd changed between versions is expected by version, never by the backend's name: Concord gets no
 * exception of its own.
 */
export class Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;

  private constructor(major: number, minor: number, patch: number) {
    this.major = major;
    this.minor = minor;
    this.patch = patch;
  }

  /** Reads `X.Y` or `X.Y.Z`; a pre-release suffix is ignored. */
  static parse(text: string): Version {
    const match = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
    if (match === null) throw new Error(`expected a version such as 3.6.0, got ${text}`);
    return new Version(Number(match[1]), Number(match[2]), Number(match[3] ?? 0));
  }

  /** Whether this version is `text` or newer. */
  atLeast(text: string): boolean {
    const other = Version.parse(text);
    if (this.major !== other.major) return this.major > other.major;
    if (this.minor !== other.minor) return this.minor > other.minor;
    return this.patch >= other.patch;
  }

  toString(): string {
    return `${this.major}.${this.minor}.${this.patch}`;
  }
}
