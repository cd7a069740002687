package org.partita.standalone;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"Partita " + number()};
    }

    static String number() {
        return Objects.requireNonNullElse(
                Version.class.getPackage().getImplementationVersion(), "(from classes)");
    }
}
