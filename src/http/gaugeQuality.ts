import { Gauge, type Registry } from 'prom-client';
import type { Monitoring } from '../service/service.js';

/** What was measured last of the shop's quality, and which alerts are raised; read when they are asked for. */
export function gaugeQuality(monitor: Monitoring, registers: Registry[]): void {
  const measured = () => monitor.state.quality?.measures ?? [];
  const value: Gauge<'measure'> = new Gauge({
    name: 'shelfwright_quality',
    help: 'What was measured last of the shop: more is worse; none where it is not known.',
    labelNames: ['measure'],
    registers,
    collect: () => {
      value.reset();
      for (const one of measured()) if (one.value !== null) value.set({ measure: one.name }, one.value);
    },
  });
  const threshold: Gauge<'measure'> = new Gauge({
    name: 'shelfwright_quality_threshold',
    help: 'What each measure may not pass.',
    labelNames: ['measure'],
    registers,
    collect: () => {
      threshold.reset();
      for (const one of measured())
        if (one.threshold !== null) threshold.set({ measure: one.name }, one.threshold);
    },
  });
  const alert: Gauge<'name'> = new Gauge({
    name: 'shelfwright_alert',
    help: '1 where the alert is raised.',
    labelNames: ['name'],
    registers,
    collect: () => {
      alert.reset();
      const { alerts } = monitor.state;
      for (const { name } of measured()) alert.set({ name }, 0);
      for (const { name, state } of alerts) alert.set({ name }, state === 'raised' ? 1 : 0);
    },
  });
  const age: Gauge = new Gauge({
    name: 'shelfwright_quality_age_seconds',
    help: 'Since quality was measured last; none before.',
    registers,
    collect: () => {
      age.reset();
      const at = monitor.state.quality?.at;
      age.set(at === undefined ? Number.NaN : (Date.now() - Date.parse(at)) / 1000);
    },
  });
  const unposted: Gauge = new Gauge({
    name: 'shelfwright_alerts_unposted',
    help: 'Posts to the webhook that came to nothing, since the start.',
    registers,
    collect: () => unposted.set(monitor.state.unposted),
  });
}
