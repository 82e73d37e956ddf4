package org.auspex.store;

import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.auspex.kernel.model.CalibrationJson;
import org.auspex.kernel.model.ConformalCalibration;
import org.auspex.kernel.model.ModelCard;
import org.auspex.kernel.model.ModelId;
import org.springframework.jdbc.core.JdbcTemplate;

/** The limits of conformal prediction that the site uses, for all servers on this database: one for each version at most. */
public final class SiteCalibrations {

    private final JdbcTemplate jdbc;

    SiteCalibrations(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /** All of them, also those of versions that do not serve. */
    public List<ConformalCalibration> all() {
        return jdbc.query(
                "select calibration from auspex_calibration order by model",
                (row, number) -> CalibrationJson.read(row.getString("calibration")));
    }

    /** That of a version, if it fits what serves. */
    Optional<ConformalCalibration> of(ModelCard card) {
        return find(card.id()).filter(found -> found.mismatch(card).isEmpty());
    }

    private Optional<ConformalCalibration> find(ModelId model) {
        return jdbc
                .query(
                        "select calibration from auspex_calibration where model = ?",
                        (row, number) -> CalibrationJson.read(row.getString("calibration")),
                        model.toString())
                .stream()
                .findFirst();
    }

    /**
     * Keeps it, unless one that was fitted later is there.
     *
     * @return whether it is kept
     */
    boolean keep(ConformalCalibration calibration) {
        var model = calibration.model().toString();
        var fitted = Timestamp.from(calibration.fitted());
        var json = CalibrationJson.write(calibration);
        var updated = jdbc.update(
                "update auspex_calibration set fitted_at = ?, calibration = ? where model = ? and fitted_at < ?",
                fitted,
                json,
                model,
                fitted);
        if (updated > 0) {
            return true;
        }
        if (find(calibration.model()).isPresent()) {
            return false;
        }
        jdbc.update(
                "insert into auspex_calibration (model, fitted_at, calibration) values (?, ?, ?)", model, fitted, json);
        return true;
    }
}
