// SPDX-License-Identifier: Apache-2.0
package dev.segmenter.quickstart.report;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** The piece of calendar (UTC) that a run of some length is best told in. */
enum Calendar {
    DAYS("d MMM yyyy", Duration.ofDays(1)) {
        @Override
        LocalDate begin(LocalDate day) {
            return day;
        }
    },
    WEEKS("'week of' d MMM yyyy", Duration.ofDays(7)) {
        @Override
        LocalDate begin(LocalDate day) {
            return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
    },
    MONTHS("MMMM yyyy", Duration.ofDays(30)) {
        @Override
        LocalDate begin(LocalDate day) {
            return day.withDayOfMonth(1);
        }
    },
    YEARS("yyyy", Duration.ofDays(365)) {
        @Override
        LocalDate begin(LocalDate day) {
            return day.withDayOfYear(1);
        }
    };

    private static final long FEW_DAYS = 14;
    private static final long FEW_WEEKS = 10 * 7;
    private static final long FEW_MONTHS = 3 * 365;

    private final DateTimeFormatter format;
    private final Duration about;

    Calendar(String pattern, Duration about) {
        this.format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        this.about = about;
    }

    /** Gives up to some dozens of pieces. */
    static Calendar of(Duration span) {
        long days = span.toDays();
        if (days <= FEW_DAYS) {
            return DAYS;
        }
        return days <= FEW_WEEKS ? WEEKS : days <= FEW_MONTHS ? MONTHS : YEARS;
    }

    /** How long a piece is, about. */
    Duration about() {
        return about;
    }

    /** First day of the piece that a moment (epoch milliseconds) belongs to. */
    LocalDate begin(long millis) {
        return begin(LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
    }

    /** Name of the piece that begins on a day, for example March 2011. */
    String name(LocalDate begin) {
        return format.format(begin);
    }

    abstract LocalDate begin(LocalDate day);
}
