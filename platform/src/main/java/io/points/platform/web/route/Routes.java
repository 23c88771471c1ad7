package io.points.platform.web.route;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The {@link RouteTable} of this service. */
@ApplicationScoped
public class Routes {

    private volatile @Nullable RouteTable table;

    public RouteTable table() {
        var known = table;
        if (known == null) {
            known = RouteTable.of(Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                    .filter(bean -> bean instanceof InjectableBean<?> one && one.getKind() == InjectableBean.Kind.CLASS)
                    .map(bean -> (Class<?>) bean.getBeanClass())
                    .collect(Collectors.toSet()));
            table = known;
        }
        return known;
    }
}
