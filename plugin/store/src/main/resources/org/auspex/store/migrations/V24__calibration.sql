-- What the site has learnt about a version from outcomes of its own: limits of conformal prediction, as JSON.
create table auspex_calibration (
    model varchar(120) primary key,
    fitted_at timestamp with time zone not null,
    calibration varchar(100000) not null
);
