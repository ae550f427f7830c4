import type { AssemblyStack, CloudAssembly } from '../assembly/cloud-assembly';
import { TemplateRefusal } from '../errors';
import { evaluateCondition, INTRINSICS, type Intrinsic } from './intrinsics';
import { pseudoParameter } from './pseudo-parameters';
import { attributeOf, physicalId } from './stand-ins';
import { type Resource, SSM_PARAMETER, type Template } from './types';

/** Stands for a value that `AWS::NoValue` removes from the template. */
export const NO_VALUE = Symbol('AWS::NoValue');

/**
 * Gives the value that a piece of the template has on this machine.
 *
 * Whatever only AWS could know is a {@link TemplateRefusal} that names the path, never a guess.
 */
export class Resolver {
  public readonly template: Template;

  constructor(
    public readonly stack: AssemblyStack,
    private readonly assembly: CloudAssembly,
  ) {
    this.template = stack.template;
  }

  /** Resolves all intrinsic functions in a value. Properties set to `AWS::NoValue` disappear. */
  public value(value: unknown, path: string): unknown {
    const resolved = this.resolve(value, path);
    return resolved === NO_VALUE ? undefined : resolved;
  }

  /** As {@link value}, and a string: numbers and booleans are written out as CloudFormation does. */
  public string(value: unknown, path: string): string {
    const resolved = this.value(value, path);
    if (typeof resolved === 'string') {
      return this.dynamicReferences(resolved, path);
    }
    if (typeof resolved === 'number' || typeof resolved === 'boolean') {
      return String(resolved);
    }
    throw new TemplateRefusal(path, `must be a string, got: ${JSON.stringify(resolved)}`);
  }

  /** The logical id that a `Ref` or `Fn::GetAtt` points at, for links between resources. */
  public link(value: unknown, path: string): string {
    const id = this.optionalLink(value);
    if (id === undefined) {
      throw new TemplateRefusal(path, `must point at a resource of this stack, got: ${JSON.stringify(value)}`);
    }
    return id;
  }

  /** As {@link link}, and undefined for anything that is not a resource of this stack. */
  public optionalLink(value: unknown): string | undefined {
    const [name, argument] = singleEntry(value) ?? [];
    const id = name === 'Ref' ? argument : name === 'Fn::GetAtt' ? getAttParts(argument)[0] : undefined;
    return typeof id === 'string' && this.template.Resources[id] ? id : undefined;
  }

  /** Resources of a type that exist under the conditions of the template, by logical id. */
  public resources(type: string): [string, Resource][] {
    return Object.entries(this.template.Resources).filter(
      ([id, resource]) =>
        resource.Type === type &&
        (!resource.Condition || evaluateCondition(this, resource.Condition, `Resources.${id}.Condition`)),
    );
  }

  public resource(logicalId: string, type: string, path: string): Resource {
    const resource = this.template.Resources[logicalId];
    if (resource?.Type !== type) {
      throw new TemplateRefusal(path, `must point at a resource of type ${type}, got: ${resource?.Type ?? logicalId}`);
    }
    return resource;
  }

  public ref(name: string, path: string): unknown {
    if (name === 'AWS::NoValue') {
      return NO_VALUE;
    }
    const pseudo = pseudoParameter(name, this.stack);
    if (pseudo !== undefined) {
      return pseudo;
    }
    const parameter = this.template.Parameters?.[name];
    if (parameter) {
      if (parameter.Type.startsWith('AWS::SSM::Parameter::Value')) {
        return this.ssmParameter(String(parameter.Default), path);
      }
      if (parameter.Default === undefined) {
        throw new TemplateRefusal(path, `the parameter ${name} has no default, so it has no value on this machine`);
      }
      return parameter.Default;
    }
    const resource = this.template.Resources[name];
    if (!resource) {
      throw new TemplateRefusal(path, `Ref must name a parameter or a resource, got: ${name}`);
    }
    return physicalId(this, name, resource, path);
  }

  public getAtt(argument: unknown, path: string): unknown {
    const [id, attribute] = getAttParts(argument);
    const resource = this.template.Resources[id];
    if (!resource) {
      throw new TemplateRefusal(path, `Fn::GetAtt must name a resource, got: ${id}`);
    }
    return attributeOf(this, id, resource, attribute, path);
  }

  /** The value of an export of another stack of the same app. */
  public importValue(name: string, path: string): unknown {
    for (const stack of this.assembly.stacks) {
      const other = new Resolver(stack, this.assembly);
      for (const [id, output] of Object.entries(stack.template.Outputs ?? {})) {
        if (output.Export && other.value(output.Export.Name, `Outputs.${id}.Export.Name`) === name) {
          return other.value(output.Value, `Outputs.${id}.Value`);
        }
      }
    }
    throw new TemplateRefusal(path, `no stack of this app exports ${name}`);
  }

  /** An SSM parameter that a stack of the same app makes. */
  public ssmParameter(name: string, path: string): string {
    for (const stack of this.assembly.stacks) {
      const other = stack === this.stack ? this : new Resolver(stack, this.assembly);
      for (const [id, { Properties = {} }] of other.resources(SSM_PARAMETER)) {
        if (Properties.Name === name) {
          return other.string(Properties.Value, `Resources.${id}.Properties.Value`);
        }
      }
    }
    throw new TemplateRefusal(
      path,
      `the SSM parameter ${name} is not made by this app, so it has no value on this machine`,
    );
  }

  private resolve(value: unknown, path: string): unknown {
    if (Array.isArray(value)) {
      return value.map((item, index) => this.resolve(item, `${path}.${index}`)).filter((item) => item !== NO_VALUE);
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const [name, argument] = singleEntry(value) ?? [];
    if (name === 'Ref') {
      return this.ref(String(argument), path);
    }
    if (name === 'Fn::GetAtt') {
      return this.getAtt(argument, path);
    }
    if (name?.startsWith('Fn::')) {
      const intrinsic: Intrinsic | undefined = INTRINSICS[name];
      if (!intrinsic) {
        throw new TemplateRefusal(path, `the preview does not know the function ${name}`);
      }
      return intrinsic(this, argument, `${path}.${name}`);
    }
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, item]) => [key, this.resolve(item, `${path}.${key}`)] as const)
        .filter(([, item]) => item !== NO_VALUE),
    );
  }

  private dynamicReferences(text: string, path: string): string {
    return text.replace(/\{\{resolve:([\w-]+):([^}]+)\}\}/g, (_match, service: string, key: string) => {
      if (service === 'ssm') {
        return this.ssmParameter(key.replace(/:\d+$/, ''), path);
      }
      throw new TemplateRefusal(path, `a secret (${service}) has no value on this machine`);
    });
  }
}

function getAttParts(argument: unknown): [string, string] {
  const [id, ...attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
  return [id, attribute.join('.')];
}

function singleEntry(value: unknown): [string, unknown] | undefined {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  return entries.length === 1 ? entries[0] : undefined;
}
