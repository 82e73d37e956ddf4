package org.auspex.language.filing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.auspex.language.documents.DocumentRefused;
import org.auspex.language.documents.DocumentRefused.Reason;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientCheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "姓名：周建国　　性别：男　　年龄：63岁",
                "姓名：周某某 性别：男",
                "姓　名：周** 性　别：男 出生日期：1960年5月4日",
                "姓名：周建國　病案号：A-77",
                "Name: Zhou Jianguo\nSex: M\nDOB: 1960-05-04",
                "Patient: Smith, John  MRN: a-77",
                "性别：男 年龄：65岁",
                "no header at all",
            })
    void acceptsWhatAgreesOrCannotBeCompared(String header) {
        assertThat(PatientCheck.of(filed(), note(header))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "姓名：李建国",
                "姓名：李某某",
                "姓名：周建国 性别：女",
                "姓名：周建国 出生日期：1961-05-04",
                "姓名：周建国 性别：男 年龄：36岁",
                "Gender: female",
                "Date of birth: 1960/05/05",
            })
    void refusesWhatSpeaksOfSomebodyElseAndQuotesNothing(String header) {
        assertThatThrownBy(() -> PatientCheck.of(filed(), note(header)))
                .isInstanceOfSatisfying(DocumentRefused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.ANOTHER_PATIENT);
                    assertThat(refused.getMessage())
                            .contains("DocumentReference/1", "Patient/1")
                            .doesNotContain("李", "36", "1961");
                });
    }

    @Test
    void warnsOfANumberThatThePatientDoesNotHave() {
        assertThat(PatientCheck.of(filed(), note("住院号：B-12")))
                .singleElement()
                .satisfies(
                        warning -> assertThat(warning).contains("no identifier").doesNotContain("B-12"));
    }

    @Test
    void looksAtTheHeaderOnly() {
        var note = note("入院记录") + "\n家族史：其妻姓名：李红，性别：女，年龄：20岁。";

        assertThat(PatientCheck.of(filed(), note)).isEmpty();
    }

    private static String note(String header) {
        return header + "\n主诉：胸痛4小时。";
    }

    private static Filed filed() {
        var patient = new Patient();
        patient.setId("1");
        patient.addName().setText("周建国");
        patient.addIdentifier().setSystem("urn:oid:1.2.3").setValue("A-77");
        patient.setGender(AdministrativeGender.MALE).setBirthDateElement(new DateType("1960-05-04"));
        var document = new DocumentReference();
        document.setId("1");
        document.getContext().getPeriod().setStartElement(new DateTimeType("2024-03-12T09:40:00+08:00"));
        return new Filed(document, patient, Optional.empty());
    }
}
