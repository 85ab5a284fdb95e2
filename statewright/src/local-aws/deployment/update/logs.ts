import type { LogsService } from '../../logs/logs-service';
import type { TargetRegion } from '../target-account';
import type { Updates } from './updates';

/** CloudWatch Logs, where creating what exists changes it. */
export function updatingLogs(logs: LogsService, region: string, updates: Updates): TargetRegion['logs'] {
  return {
    createLogGroup(request) {
      const { logGroupName } = request;
      // A function may have created its log group before. What cannot change stays as it is.
      return updates.put(
        `${region}/log-group/${logGroupName}`,
        `log group ${logGroupName}`,
        { logGroupName },
        {
          create: () => logs.createLogGroup(request),
          update: () => undefined,
          remove: () => logs.deleteLogGroup({ logGroupName }),
        },
      );
    },
    putRetentionPolicy(request) {
      const { logGroupName } = request;
      const put = () => logs.putRetentionPolicy(request);
      return updates.put(
        `${region}/retention/${logGroupName}`,
        `retention of log group ${logGroupName}`,
        request,
        { create: put, update: put, remove: () => logs.deleteRetentionPolicy({ logGroupName }) },
      );
    },
  };
}
