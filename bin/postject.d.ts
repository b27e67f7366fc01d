/** What is used of `postject`, which has no declarations of its own. */
declare module 'postject' {
  /** Writes a resource into an executable, and turns the fuse that makes its program look for it. */
  export function inject(
    file: string,
    resourceName: string,
    resource: Buffer,
    options: { readonly sentinelFuse: string; readonly machoSegmentName?: string },
  ): Promise<void>;
}
