import type { Translate } from '../stack';
import { tagsOf } from './tags';

export const logGroup: Translate = ({ label, name, properties }, stack) => {
  stack.json.resource('aws_cloudwatch_log_group', label, {
    name,
    retention_in_days: properties.RetentionInDays,
    log_group_class: properties.LogGroupClass,
    tags: tagsOf(properties.Tags),
  });
};
