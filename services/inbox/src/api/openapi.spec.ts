import 'reflect-metadata';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { InboxModule } from '../inbox.module.ts';
import { openApiDocument, openApiPath } from './openapi.ts';
import type { Route } from './route.ts';
import { Routes } from './routes.ts';

type Class = new (...args: never[]) => object;

/** Every route that the module's controllers serve: `GET /api/actions/{id}`. */
function servedRoutes(): string[] {
  const controllers = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, InboxModule) as Class[];
  return controllers.flatMap((controller) => methodsOf(controller).flatMap(routeOf)).sort();
}

function methodsOf({ prototype }: Class): unknown[] {
  return Object.getOwnPropertyNames(prototype).map((name) => (prototype as Record<string, unknown>)[name]);
}

function routeOf(method: unknown): string[] {
  const path = Reflect.getMetadata(PATH_METADATA, method as object) as string | undefined;
  const verb = Reflect.getMetadata(METHOD_METADATA, method as object) as RequestMethod | undefined;
  return path === undefined || verb === undefined ? [] : [`${RequestMethod[verb]} ${openApiPath(path)}`];
}

const routes: readonly Route[] = Object.values(Routes);
const document = openApiDocument(routes, '1') as {
  paths: Record<string, Record<string, { responses: object; security?: unknown[] }>>;
};

describe('the OpenAPI document', () => {
  it('names every route that is served, and none that is not', () => {
    const described = Object.entries(document.paths).flatMap(([path, verbs]) =>
      Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(servedRoutes());
  });

  it('says for every route what it answers and whether it needs the operator', () => {
    for (const { path, method, access } of routes) {
      const operation = document.paths[openApiPath(path)]?.[method];
      expect(Object.keys(operation?.responses ?? {})).not.toEqual([]);
      expect(operation?.security).toEqual(access === 'anyone' ? [] : undefined);
    }
  });

  it('describes a card by the schema that checks it', () => {
    const text = JSON.stringify(document.paths['/api/actions/{id}']?.['get']);
    for (const part of ['digest', 'tier', 'reversibility', 'evidence', 'holdUntil', 'storyId', 'snapshot', 'history'])
      expect(text).toContain(`"${part}"`);
  });

  it('is JSON without a trace of code', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
