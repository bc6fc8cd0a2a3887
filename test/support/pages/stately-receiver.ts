import { createBrowserReceiver, type StatelyInspectionEvent } from '@statelyai/inspect';

// In the place of Stately's hosted inspector: a page that keeps what its own package receives.
const received: StatelyInspectionEvent[] = [];
Reflect.set(globalThis, 'received', received);
createBrowserReceiver().subscribe((event) => received.push(event));
