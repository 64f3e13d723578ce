/** What files of weights say about the models in them: read from the heads of the files, once for each content. */
package org.kohakuhub.weights;
