/** The {@code hutong} command: a class for each of its commands. They read options, call the module that does the work, and print. */
@NullMarked
package dev.hutong.cli;

import org.jspecify.annotations.NullMarked;
