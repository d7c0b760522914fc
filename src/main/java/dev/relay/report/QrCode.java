package dev.relay.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A QR code (ISO/IEC 18004) for a terminal. The colours are set and not the terminal's, black on white, so that a camera
 * reads it on a dark ground as on a light one; two modules stand above each other in one character.
 */
final class QrCode {
    /** The light margin that the standard asks for, in modules. */
    private static final int MARGIN = 4;

    private static final String BLACK_ON_WHITE = "\u001b[38;5;16;48;5;231m";
    private static final String RESET = "\u001b[0m";

    private QrCode() {}

    /** The lines of the code: with half blocks and colours, or in plain ASCII, in which dark stands for a blank. */
    static List<String> lines(String text, boolean blocks) {
        var code = io.nayuki.qrcodegen.QrCode.encodeText(text, io.nayuki.qrcodegen.QrCode.Ecc.LOW);
        var lines = new ArrayList<String>();
        for (int y = -MARGIN; y < code.size + MARGIN; y += blocks ? 2 : 1) {
            var line = new StringBuilder();
            for (int x = -MARGIN; x < code.size + MARGIN; x++) {
                if (blocks) {
                    boolean above = code.getModule(x, y);
                    boolean below = code.getModule(x, y + 1);
                    line.append(above ? below ? '\u2588' : '\u2580' : below ? '\u2584' : ' ');
                } else {
                    line.append(code.getModule(x, y) ? "  " : "##");
                }
            }
            lines.add(blocks ? BLACK_ON_WHITE + line + RESET : line.toString());
        }
        return lines;
    }
}
