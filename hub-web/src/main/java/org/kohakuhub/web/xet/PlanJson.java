package org.kohakuhub.web.xet;

import jakarta.json.stream.JsonGenerator;
import org.kohakuhub.xet.ReconstructionService.Plan;
import org.kohakuhub.xet.ReconstructionService.Run;
import org.kohakuhub.xet.Term;

/** Writes plans (docs/xet-protocol.md, 2.3). Ends of chunks are exclusive there, ends of bytes inclusive. */
final class PlanJson {
    private PlanJson() {}

    /**
     * Writes one.
     *
     * @param first in the first version's form
     */
    static void write(JsonGenerator json, Plan plan, boolean first) {
        json.writeStartObject().write("offset_into_first_range", plan.offset());
        json.writeStartArray("terms");
        for (Term term : plan.terms()) {
            json.writeStartObject().write("hash", term.xorb().hex()).write("unpacked_length", term.length());
            chunks(json, "range", term.start(), term.end());
            json.writeEnd();
        }
        json.writeEnd().writeStartObject(first ? "fetch_info" : "xorbs");
        plan.xorbs().forEach((xorb, runs) -> {
            json.writeStartArray(xorb.hex());
            runs.forEach(run -> write(json, run, first));
            json.writeEnd();
        });
        json.writeEnd().writeEnd();
    }

    private static void write(JsonGenerator json, Run run, boolean first) {
        json.writeStartObject().write("url", run.address().toString());
        if (first) {
            chunks(json, "range", run.start(), run.end());
            bytes(json, "url_range", run);
        } else {
            json.writeStartArray("ranges").writeStartObject();
            chunks(json, "chunks", run.start(), run.end());
            bytes(json, "bytes", run);
            json.writeEnd().writeEnd();
        }
        json.writeEnd();
    }

    private static void chunks(JsonGenerator json, String name, int start, int end) {
        json.writeStartObject(name).write("start", start).write("end", end).writeEnd();
    }

    private static void bytes(JsonGenerator json, String name, Run run) {
        json.writeStartObject(name)
                .write("start", run.byteStart())
                .write("end", run.byteEnd() - 1)
                .writeEnd();
    }
}
