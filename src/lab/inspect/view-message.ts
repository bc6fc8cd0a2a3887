import type { ChartLayout } from '../../diagram/layout.ts';
import type { ActorRecord, InspectionRecord } from '../../inspect/inspection-event.ts';

/** A statechart, drawn once for all actors that run it. */
export interface DrawnChart {
  id: number;
  /** The definition as the actors' inspectors gave it. */
  definition: string;
  /** `null` for a definition that cannot be drawn. */
  layouts: ChartLayouts | null;
}

/** A chart with all that it says, and with the names of its states alone. */
export interface ChartLayouts {
  full: ChartLayout;
  outline: ChartLayout;
}

/** An actor's record on its way to the viewer: its chart instead of its definition. */
export type ViewActorRecord = ActorRecord & { definition: undefined; chart: number | null };

export type ViewRecord = Exclude<InspectionRecord, ActorRecord> | ViewActorRecord;

/** What the server sends to the viewer. */
export type ViewMessage =
  /** What follows has nothing to do with what was before. */
  | {
      type: 'begin';
      /** The saved run that is shown, or `null` for what happens now. */
      run: string | null;
      /** The inspector of Stately's to which the page may pass on what it sees, if any. */
      forwardUrl: string | null;
    }
  | { type: 'chart'; chart: DrawnChart }
  | { type: 'records'; records: ViewRecord[] }
  /** A saved run has been sent, all but `leftOut` records at its end. */
  | { type: 'end'; leftOut: number };
