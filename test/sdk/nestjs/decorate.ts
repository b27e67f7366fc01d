/** Decorators by call: tests run as they are written, and Node has no decorator syntax. */
import { Inject, Module, type ModuleMetadata, type Type } from '@nestjs/common';

/** Applies method decorators as `@a @b method() {}` would. */
export function decorateMethod(type: Type, method: string, ...decorators: MethodDecorator[]): void {
  const prototype = type.prototype as object;
  let descriptor = Object.getOwnPropertyDescriptor(prototype, method)!;
  for (const decorator of decorators.reverse())
    descriptor =
      (decorator(prototype, method, descriptor) as typeof descriptor | undefined) ?? descriptor;
  Object.defineProperty(prototype, method, descriptor);
}

/** Injects tokens or parameter decorators into the constructor, in order. */
export function decorateConstructor(type: Type, ...parameters: unknown[]): void {
  parameters.forEach((parameter, index) => {
    const decorator =
      typeof parameter === 'function' && parameter.length >= 2
        ? (parameter as ParameterDecorator)
        : Inject(parameter as string);
    decorator(type, undefined, index);
  });
}

/** A module class of its own. */
export function moduleOf(metadata: ModuleMetadata): Type {
  class TestModule {}
  Module(metadata)(TestModule);
  return TestModule;
}
