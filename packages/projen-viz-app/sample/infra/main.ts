import { makeApp } from './app';

makeApp();
