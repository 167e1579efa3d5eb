/** Where the screens of a talk are, and those they lead to. A worry has no way in from here. */
import type { Id } from '../../../store/dossiers';

export const TODAY = '/';
export const doorPath = (stopId: Id): string => `/door/${stopId}`;
export const startPath = (stopId: Id): string => `/talk/${stopId}`;
export const cardsPath = (stopId: Id): string => `/talk/${stopId}/domains`;
export const cardPath = (stopId: Id, domain: string): string => `/talk/${stopId}/domain/${domain}`;
export const consentPath = (stopId: Id): string => `/talk/${stopId}/consent`;
/** The part of *Toestemming* where it is asked how we may reach them. */
export const CONTACT = 'contact';
export const contactPath = (stopId: Id): string => `${consentPath(stopId)}#${CONTACT}`;
export const planPath = (stopId: Id): string => `/plan/${stopId}`;
export const showPath = (stopId: Id): string => `/plan/${stopId}/show`;
export const handoverPath = (householdId: Id): string => `/handover/${householdId}`;
