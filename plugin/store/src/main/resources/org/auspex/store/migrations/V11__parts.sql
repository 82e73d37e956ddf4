-- A result may be more than a RiskAssessment and a score: what is said, and what belongs to it, by reference.
alter table auspex_result add column result varchar(120);
alter table auspex_result add column parts varchar(100000) default '' not null;

update auspex_result set result = 'RiskAssessment/' || risk_id where risk_id is not null;
update auspex_result set parts = 'Observation/' || score_id where score_id is not null;

alter table auspex_result drop column risk_id;
alter table auspex_result drop column score_id;
