-- A question is answered by whatever version of its model is active when its turn comes, so work is claimed by name.
alter table auspex_work add column model_name varchar(60) default '' not null;

update auspex_work set model_name = substring(model from 1 for position('|' in model) - 1) where position('|' in model) > 0;

drop index auspex_work_due;

create index auspex_work_due on auspex_work (state, kind, model_name, due_at);
